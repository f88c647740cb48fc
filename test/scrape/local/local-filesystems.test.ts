import {describe, expect, test} from 'vitest';
import {localFilesystems} from '../../../source/scrape/local/local-filesystems.ts';
import {parseMountinfo} from '../../../source/scrape/local/mountinfo.ts';

describe('the file systems of a machine', () => {
	const named = (text: string): readonly string[] =>
		localFilesystems(parseMountinfo(text)).map(({mountPoint}) => mountPoint);

	test('are those on its disks, the root first, each device once', () => {
		expect(
			named(`20 1 8:2 / /data rw - xfs /dev/sda2 rw
21 1 8:1 / / rw - ext4 /dev/sda1 rw
22 21 8:1 /srv /srv rw - ext4 /dev/sda1 rw
23 21 8:2 /x /d rw - xfs /dev/sda2 rw
24 21 0:5 / /proc rw - proc proc rw
25 21 0:6 / /run rw - tmpfs tmpfs rw
26 21 0:44 / /mnt/nas rw - nfs4 nas:/export rw
27 21 0:45 / /mnt/win rw - cifs //nas/x rw
28 21 0:50 / /var/lib/docker/overlay2/abc/merged rw - overlay overlay rw
29 21 7:0 / /snap/core rw - squashfs /dev/loop0 ro
30 21 0:60 / /var/lib/docker/zfs/graph/abc rw - zfs pool/docker/abc rw
31 21 0:61 / /tank rw - zfs tank rw
32 21 8:3 / /var/lib/docker rw - ext4 /dev/sda3 rw
`),
		).toEqual(['/', '/data', '/tank', '/var/lib/docker']);
	});

	test('seen from within a container are its own root, not the files that its runtime mounts', () => {
		expect(
			named(`20 1 0:50 / / rw - overlay overlay rw
21 20 8:1 /var/lib/docker/containers/abc/hosts /etc/hosts rw - ext4 /dev/sda1 rw
22 20 8:1 /var/lib/docker/containers/abc/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda1 rw
`),
		).toEqual(['/']);
	});
});
