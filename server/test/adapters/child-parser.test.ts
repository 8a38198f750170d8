import { openChildParser } from '../../src/services/parser/child-parser.ts';
import { parserContract } from '../contracts/parser-contract.ts';

parserContract('child process', { open: () => openChildParser() });
