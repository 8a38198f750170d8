import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface LibraryFiles {
  folder: string;
  /** Tensors, graphs and GGUF files. */
  base: string;
  /** Chooses the code for the processor of this machine. */
  main: string;
}

const baseName = /^libggml-base\.(so|dylib)$/;
const mainName = /^libggml(\.v[\d.]+)?\.(so|dylib)$/;

/** Packages of node-llama-cpp by platform and processor. Windows is left out: it maps files in another way. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
};

/** The libraries of ggml that the engine of this installation ships with; throws where there are none for this machine. */
export function findLibraryFiles(): LibraryFiles {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) throw new Error(`there are no libraries for ${platform}`);
  const require = createRequire(import.meta.resolve('node-llama-cpp'));
  const binaries = join(dirname(require.resolve(`@node-llama-cpp/${name}`)), '..', 'bins', name);
  return {
    folder: binaries,
    base: join(binaries, only(binaries, baseName)),
    main: join(binaries, only(binaries, mainName)),
  };
}

function only(folder: string, pattern: RegExp): string {
  const [found, ...others] = readdirSync(folder).filter((name) => pattern.test(name));
  if (found === undefined || others.length > 0) throw new Error(`the libraries have other names than ${pattern}`);
  return found;
}
