#!/usr/bin/env node
// npm links a command when it installs, before anything is compiled, and only to a file that is there.
import '../dist/main.js';
