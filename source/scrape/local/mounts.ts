export type Mount = {
	/** `254:0`, the same for every mount of one file system. */
	readonly device: string;
	/** Which part of the file system is mounted; `/` for all of it. */
	readonly root: string;
	readonly mountPoint: string;
	readonly type: string;
	readonly source: string;
	readonly superOptions: readonly string[];
};

/** /proc/self/mountinfo (proc(5)), in the order of mounting. */
export function parseMountinfo(text: string): readonly Mount[] {
	return text.split('\n').flatMap(line => {
		const [before = '', after = ''] = line.split(' - ');
		const [, , device, root, mountPoint] = before.split(' ');
		const [type, source, superOptions] = after.split(' ');
		return device === undefined || root === undefined || mountPoint === undefined || source === undefined
			? []
			: [
					{
						device,
						root: unescapeOctal(root),
						mountPoint: unescapeOctal(mountPoint),
						type: type ?? '',
						source: unescapeOctal(source),
						superOptions: superOptions?.split(',') ?? [],
					},
				];
	});
}

/** Spaces, tabs, line ends and backslashes stand as octal numbers. */
function unescapeOctal(text: string): string {
	return text.replace(/\\(\d{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

export type CgroupMounts = {
	/** Where the unified hierarchy (v2) is mounted. */
	readonly unified: string | undefined;
	/** Where each controller of v1 is mounted; several may share a mount. */
	readonly controllers: ReadonlyMap<string, string>;
};

/** v1, v2 and the hybrid of both are told apart by what is mounted, not by version or distribution. */
export function findCgroups(mounts: readonly Mount[]): CgroupMounts {
	const controllers = new Map<string, string>();
	let unified: string | undefined;
	for (const {type, mountPoint, superOptions} of mounts) {
		if (type === 'cgroup2') {
			unified ??= mountPoint;
		} else if (type === 'cgroup') {
			for (const option of superOptions) {
				if (!controllers.has(option)) {
					controllers.set(option, mountPoint);
				}
			}
		}
	}

	return {unified, controllers};
}

/** Only file systems of this machine: asking a dead network server for its size would hang. */
const LOCAL = new Set([
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

/** One mount point for each file system of this machine, the root first; containers' own mounts are left out. */
export function localFilesystems(mounts: readonly Mount[]): readonly Mount[] {
	const byDevice = new Map<string, Mount>();
	for (const mount of mounts) {
		const isOwn = LOCAL.has(mount.type) && (mount.type !== 'overlay' || mount.mountPoint === '/');
		const known = byDevice.get(mount.device);
		if (isOwn && (known === undefined || mount.mountPoint.length < known.mountPoint.length)) {
			byDevice.set(mount.device, mount);
		}
	}

	return [...byDevice.values()].sort((a, b) => a.mountPoint.length - b.mountPoint.length);
}
