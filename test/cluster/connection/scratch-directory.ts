import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';

/** A directory that the running test has to itself. */
export async function scratchDirectory(): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'ktop-connection-'));
	onTestFinished(() => rm(directory, {recursive: true, force: true}));
	return directory;
}

/** An executable script in `directory`, run by sh; resolves with its path. */
export async function writeScript(directory: string, name: string, body: string): Promise<string> {
	const path = join(directory, name);
	await writeFile(path, `#!/bin/sh\n${body}\n`, {mode: 0o755});
	return path;
}
