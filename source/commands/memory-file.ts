import {readFile, rename, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {makeFolder} from '../history/make-folder.ts';
import {decodeScreenMemory, NO_MEMORY, type ScreenMemory} from '../ui/state/screen-memory.ts';

/** What the screen remembers, in `$XDG_STATE_HOME/ktop-tui/screen.json`. */
export type MemoryFile = {
	readonly memory: ScreenMemory;
	/** Writes soon, in the background. A failed write is ignored. */
	readonly remember: (memory: ScreenMemory) => void;
};

export async function openMemoryFile(
	environment: Readonly<Record<string, string | undefined>>,
): Promise<MemoryFile> {
	const folder = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
	const path = join(folder, 'ktop-tui', 'screen.json');
	let memory = NO_MEMORY;
	try {
		memory = decodeScreenMemory(await readFile(path, 'utf8'));
	} catch {
		// The file does not exist at the first start.
	}

	let writing: Promise<void> = Promise.resolve();
	return {
		memory,
		remember(newest) {
			writing = writing.then(() => write(path, JSON.stringify(newest)));
		},
	};
}

async function write(path: string, text: string): Promise<void> {
	try {
		await makeFolder(dirname(path));
		await writeFile(`${path}.${process.pid}`, `${text}\n`, {mode: 0o600});
		await rename(`${path}.${process.pid}`, path);
	} catch {
		// With a read-only home the settings are not saved.
	}
}
