import type {Mount} from './mountinfo.ts';

export type CgroupMounts = {
	/** Where the unified hierarchy (v2) is mounted. */
	readonly unified: string | undefined;
	/** Where each controller of v1 is mounted; several may share a mount (`cpu,cpuacct`). */
	readonly controllers: ReadonlyMap<string, string>;
};

/**
 * Where the control groups are. v1, v2 and the hybrid of both are told apart by what is mounted, not by version or
 * distribution; mounts of a part of a hierarchy (containers have such) count only where there is no whole one.
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

/** The hierarchies that hold figures, each once: those whose cgroups are worth listing. */
export function hierarchies({unified, controllers}: CgroupMounts): readonly string[] {
	const roots = [controllers.get('memory'), controllers.get('cpuacct'), unified];
	return [...new Set(roots.filter(root => root !== undefined))];
}
