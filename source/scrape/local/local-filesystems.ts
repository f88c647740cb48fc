import type {Mount} from './mountinfo.ts';

/** File systems on this machine's own disks: asking a dead network server for its size would hang. */
const LOCAL_TYPES = new Set([
	'bcachefs',
	'btrfs',
	'exfat',
	'ext2',
	'ext3',
	'ext4',
	'f2fs',
	'jfs',
	'nilfs2',
	'ntfs3',
	'overlay',
	'reiserfs',
	'vfat',
	'xfs',
	'zfs',
]);

/** Single files of the host that runtimes mount into a container, where ktop may be running. */
const MOUNTED_FILES =
	/^\/etc\/(?:hosts|hostname|resolv\.conf)$|^\/dev\/termination-log$|\/etc-hosts$|^\/run\/\.containerenv$/;

/** Image layers and containers' roots: they have no size of their own. */
const LAYERS = /^\/(?:var\/lib|run)\/(?:containerd|containers|docker)\//;

/** The whole of a file system before a part of it, then the shorter path. */
function order(a: Mount, b: Mount): number {
	return Number(a.root !== '/') - Number(b.root !== '/') || a.mountPoint.length - b.mountPoint.length;
}

/** One mount for each file system of this machine, the root's first; containers' own mounts are left out. */
export function localFilesystems(mounts: readonly Mount[]): readonly Mount[] {
	const byDevice = new Map<string, Mount>();
	for (const mount of mounts) {
		if (!isWanted(mount)) {
			continue;
		}

		const known = byDevice.get(mount.device);
		if (known === undefined || order(mount, known) < 0) {
			byDevice.set(mount.device, mount);
		}
	}

	return [...byDevice.values()].sort((a, b) => a.mountPoint.length - b.mountPoint.length);
}

function isWanted({type, mountPoint}: Mount): boolean {
	if (mountPoint === '/') {
		return LOCAL_TYPES.has(type);
	}

	return (
		LOCAL_TYPES.has(type) && type !== 'overlay' && !MOUNTED_FILES.test(mountPoint) && !LAYERS.test(mountPoint)
	);
}
