import {writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {expect, test} from 'vitest';
import {unusableKubeconfig} from '../../../../source/cluster/connection/kubeconfig/unusable.ts';
import {scratchDirectory} from '../scratch-directory.ts';

const CONTEXT = 'contexts: [{name: a, context: {cluster: c}}]';

test.each([
	['is not set', undefined, {}, undefined],
	['is empty', '', {}, undefined],
	['names no file that is there', ['a', 'b'], {}, /^KUBECONFIG=.*\/a, .*\/b: no such file$/],
	['names one file that is there and one that is not', ['a', 'b'], {b: CONTEXT}, undefined],
	['names a file without a context', ['a'], {a: '{}'}, /^KUBECONFIG=.*\/a: no context in it$/],
	['names a file without a context and one with', ['a', 'b'], {a: '', b: CONTEXT}, undefined],
])('where KUBECONFIG %s', async (_, value, files, problem) => {
	const folder = await scratchDirectory();
	for (const [name, text] of Object.entries(files)) {
		await writeFile(join(folder, name), text);
	}

	const KUBECONFIG = Array.isArray(value) ? value.map(name => join(folder, name)).join(delimiter) : value;
	const found = await unusableKubeconfig({KUBECONFIG});
	expect(found ?? '').toMatch(problem ?? /^$/);
});
