import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** The package as it would be published, and an empty project that has it. */
export interface Packed {
  tarball: Buffer;
  /** Where the project is. */
  directory: string;
  /** Puts a file into the project. */
  write(name: string, text: string): string;
  remove(): void;
}

/** Packs the package and installs it elsewhere, without the network. */
export function pack(): Packed {
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-packed-'));
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--silent', '--json', '--pack-destination', directory], PACKAGE),
  );
  const project = join(directory, 'project');
  mkdirSync(project);
  const write = (name: string, text: string) => {
    const file = join(project, name);
    writeFileSync(file, text);
    return file;
  };
  write('package.json', '{"name":"project","private":true,"type":"module"}');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', `../${filename}`], project);
  return {
    tarball: readFileSync(join(directory, filename)),
    directory: project,
    write,
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** What a program says, where it ends well. */
export function run(program: string, parameters: string[], directory: string): string {
  try {
    return execFileSync(program, parameters, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${parameters.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}
