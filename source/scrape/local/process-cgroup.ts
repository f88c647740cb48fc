/** In v1 each controller has a path of its own; `` is the unified hierarchy. */
const CONTROLLERS = ['memory', 'cpuacct', '', 'name=systemd'];

/** The path of a process in the hierarchies that containers are read from, by /proc/PID/cgroup (cgroups(7)). */
export function cgroupOfProcess(text: string | undefined): string | undefined {
	const paths = new Map<string, string>();
	for (const line of text?.split('\n') ?? []) {
		const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
		for (const controller of path === undefined ? [] : (controllers?.split(',') ?? [])) {
			paths.set(controller, path ?? '/');
		}
	}

	// A controller that a container does not use leaves its processes in the root.
	return CONTROLLERS.map(controller => paths.get(controller)).find(
		path => path !== undefined && path !== '/',
	);
}
