import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ClusterAccess} from '../cluster/connection/access.ts';
import {encodeKubeconfig} from '../cluster/connection/kubeconfig/encode.ts';

/**
 * Runs `use` with the path of a kubeconfig file for `access`, and removes the file afterwards, except after SIGKILL. The
 * file may contain a token or a key: only this user can read it or list its folder.
 */
export async function withTemporaryKubeconfig<T>(
	access: ClusterAccess,
	use: (path: string) => Promise<T>,
): Promise<T> {
	// mkdtemp gives access to the owner only.
	const folder = mkdtempSync(join(tmpdir(), 'ktop-kubectl-'));
	const remove = (): void => rmSync(folder, {recursive: true, force: true});
	process.once('exit', remove);
	try {
		const path = join(folder, 'kubeconfig');
		writeFileSync(path, encodeKubeconfig(access), {mode: 0o600, flag: 'wx'});
		return await use(path);
	} finally {
		process.removeListener('exit', remove);
		remove();
	}
}
