import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** What tests write goes into one folder, which goes at the end: a worker that is ended takes nothing with it. */
export default function setup(): () => void {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-tests-'));
	process.env.TMPDIR = folder;
	return () => rmSync(folder, {recursive: true, force: true});
}
