import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {NO_PRETENURING} from '../../source/commands/pretenuring.ts';

test('The flag against pretenuring is one that this V8 knows', () => {
	const {status, stderr} = spawnSync(process.execPath, [NO_PRETENURING, '--eval', ''], {encoding: 'utf8'});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
});
