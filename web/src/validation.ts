import { config } from 'zod';

// The security policy forbids code made at run time, which zod would try to make.
config({ jitless: true });
