import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

interface ComposeService {
  image: string;
  environment?: Record<string, string>;
  healthcheck?: object;
  build?: object;
  ports?: string[];
  networks: string[];
  volumes?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  deploy: { resources: { limits: { cpus: string; memory: string } } };
}

interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
}

/** The path of a file in `deploy/`. */
export function deployPath(name: string): string {
  return fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url));
}

export function readDeployFile(name: string): string {
  return readFileSync(deployPath(name), 'utf8');
}

/** `deploy/compose.yaml` with its anchors filled in, its variables not. */
export function readComposeFile(): ComposeFile {
  return parse(readDeployFile('compose.yaml'), { merge: true }) as ComposeFile;
}
