import type {Mount} from './mountinfo.ts';

/** Types of local file systems. `statfs` on network file systems may hang. */
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

/** Files that runtimes mount into containers, in which ktop may run. */
const MOUNTED_FILES =
	/^\/etc\/(?:hosts|hostname|resolv\.conf)$|^\/dev\/termination-log$|\/etc-hosts$|^\/run\/\.containerenv$/;

/** Image layers and root file systems of containers, which have no size of their own. */
const LAYERS = /^\/(?:var\/lib|run)\/(?:containerd|containers|docker)\//;

/** Sorts complete file systems before bind mounts, then by path length. */
function order(a: Mount, b: Mount): number {
	return Number(a.root !== '/') - Number(b.root !== '/') || a.mountPoint.length - b.mountPoint.length;
}

/** One mount per local file system, the root first, without mounts of containers. */
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
