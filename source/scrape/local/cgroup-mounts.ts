import type {Mount} from './mountinfo.ts';

export type CgroupMounts = {
	/** The mount point of the unified hierarchy (v2). */
	readonly unified: string | undefined;
	/** The mount point of each v1 controller; several may share one (`cpu,cpuacct`). */
	readonly controllers: ReadonlyMap<string, string>;
};

/**
 * Finds the cgroup hierarchies. Detects v1, v2 and hybrid by their mounts, not by kernel version or distribution.
 * Mounts of a part of a hierarchy, as in containers, are only used if there is no complete one.
 */
export function findCgroups(mounts: readonly Mount[]): CgroupMounts {
	const controllers = new Map<string, string>();
	let unified: string | undefined;
	const wholeFirst = [...mounts.filter(({root}) => root === '/'), ...mounts.filter(({root}) => root !== '/')];
	for (const {type, mountPoint, superOptions} of wholeFirst) {
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

/** The mount points of hierarchies with metrics, without duplicates. */
export function hierarchies({unified, controllers}: CgroupMounts): readonly string[] {
	const roots = [controllers.get('memory'), controllers.get('cpuacct'), unified];
	return [...new Set(roots.filter(root => root !== undefined))];
}
