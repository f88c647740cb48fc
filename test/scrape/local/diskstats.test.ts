import {expect, test} from 'vitest';
import {parseDisks} from '../../../source/scrape/local/diskstats.ts';

const TEXT = `   7       0 loop0 9 0 90 0 0 0 0 0 0 0 0
 259       0 nvme0n1 100 5 2000 70 50 9 4000 80 0 120 150 0 0 0 0 6 3
 259       1 nvme0n1p1 90 5 1900 70 50 9 4000 80 0 110 150 0 0 0 0 6 3
 253       0 dm-0 90 0 1900 70 50 0 4000 80 0 110 150
   8      16 sdb 0 0 0 0 0 0 0 0 0 0 0
   8      32 sdc 1 0 8 -1 0 0 x 0 0 7
`;

test('disks are whole ones that were used, in bytes of 512 a sector, and what cannot be read is unknown', () => {
	expect(parseDisks(TEXT, ['loop0', 'nvme0n1', 'dm-0', 'sdb', 'sdc'])).toEqual([
		{name: 'nvme0n1', readBytes: 1_024_000, writtenBytes: 2_048_000, busyMs: 120},
		{name: 'sdc', readBytes: 4096, writtenBytes: undefined, busyMs: 7},
	]);
});

test.each([undefined, '', '8 0 sda'])('there are none in %j', text => {
	expect(parseDisks(text, ['sda'])).toEqual([]);
});
