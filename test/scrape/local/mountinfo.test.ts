import {describe, expect, test} from 'vitest';
import {parseMountinfo} from '../../../source/scrape/local/mountinfo.ts';

describe('mountinfo', () => {
	test('has any number of optional fields, and spaces written in octal', () => {
		const text = `36 35 98:0 /sub\\040dir /mnt\\011x rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue
37 35 98:1 / /y rw - xfs /dev/b rw
`;
		expect(parseMountinfo(text)).toEqual([
			{
				device: '98:0',
				root: '/sub dir',
				mountPoint: '/mnt\tx',
				type: 'ext3',
				superOptions: ['rw', 'errors=continue'],
			},
			{device: '98:1', root: '/', mountPoint: '/y', type: 'xfs', superOptions: ['rw']},
		]);
	});
});
