import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';

const PREFIX = 'ktop-tests-';

/** What tests write goes into one folder, which goes at the end: a worker that is ended takes nothing with it. */
export default function setup(): () => void {
	// Each project of the tests calls this, and folders in folders get names too long for sockets.
	if (basename(tmpdir()).startsWith(PREFIX)) {
		return () => {};
	}

	const folder = mkdtempSync(join(tmpdir(), PREFIX));
	process.env.TMPDIR = folder;
	return () => rmSync(folder, {recursive: true, force: true});
}
