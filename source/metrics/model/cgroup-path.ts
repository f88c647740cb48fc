/** What a control group belongs to, as far as its path shows. */
export type CgroupIdentity =
	| {readonly kind: 'pod'; readonly uid: string}
	| {
			readonly kind: 'container';
			readonly runtime: ContainerRuntime | undefined;
			/** The runtime's id of 64 hexadecimal digits, or the name that LXC and systemd-machined give. */
			readonly id: string;
			readonly podUid: string | undefined;
	  }
	/** A systemd service of the machine. */
	| {readonly kind: 'service'; readonly name: string}
	/** The root, slices, sessions, mounts, and groups inside a container: nothing of its own. */
	| {readonly kind: 'none'};

export type ContainerRuntime = 'containerd' | 'crio' | 'docker' | 'lxc' | 'machine' | 'podman';

const RUNTIMES: Readonly<Record<string, ContainerRuntime>> = {
	'cri-containerd': 'containerd',
	nerdctl: 'containerd',
	crio: 'crio',
	docker: 'docker',
	libpod: 'podman',
};

/** The cgroupfs driver's `pod<uid>`; a static pod's uid is 32 digits without dashes. */
const POD = /^pod([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})$/;

/** The systemd driver's form, in which a dash would mean a nested slice. */
const POD_SLICE =
	/kubepods(?:-burstable|-besteffort|-guaranteed)?-pod([0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{12}|[0-9a-f]{32})\.slice/;

const ID = /^[0-9a-f]{64}$/;
const SCOPE = /^([a-z-]+?)-([0-9a-f]{64})(?:\.scope)?$/;

/** containerd asked for systemd's driver by a kubelet, but not set up for it itself. */
const COLON_FORM = /\.slice:([a-z-]+):([0-9a-f]{64})$/;

const LXC = /^lxc\.payload\.(.+)$/;
const MACHINE = /^machine-(.+)\.scope$/;
const SERVICE = /^(.+)\.service$/;

/** Units of systemd that hold no process of a container, whatever labels somebody gives them. A slice may be a pod's. */
const PASSIVE_UNIT = /\.(?:automount|device|mount|path|slice|socket|swap|target|timer)$/;

/** Whether a path is that of a mount, a socket, a slice and the like, which is no container. */
export function isPassiveUnit(path: string): boolean {
	return PASSIVE_UNIT.test(path);
}

/**
 * Reads a cgroup's path below its controller's root, in the forms of the cgroupfs and systemd drivers
 * (kubernetes `pkg/kubelet/cm/cgroup_manager_linux.go`; runc, containerd, CRI-O and podman by their scopes).
 */
export function parseCgroupPath(path: string): CgroupIdentity {
	const segments = path.split('/').filter(segment => segment !== '');
	const last = segments.at(-1) ?? '';
	const own = podUidOf(last);
	const colon = COLON_FORM.exec(last);
	if (own !== undefined && colon === null) {
		return {kind: 'pod', uid: own};
	}

	const podUid =
		own ??
		segments
			.slice(0, -1)
			.map(podUidOf)
			.findLast(uid => uid !== undefined);
	const scope = colon ?? SCOPE.exec(last);
	const runtime = scope === null ? undefined : RUNTIMES[scope[1] ?? ''];
	if (runtime !== undefined) {
		return {kind: 'container', runtime, id: scope?.[2] ?? '', podUid};
	}

	if (ID.test(last)) {
		return {kind: 'container', runtime: runtimeAbove(segments), id: last, podUid};
	}

	return named(segments, last);
}

function podUidOf(segment: string): string | undefined {
	return POD.exec(segment)?.[1] ?? POD_SLICE.exec(segment)?.[1]?.replaceAll('_', '-');
}

/** `/docker/<id>` says whose it is; below a pod's cgroup of the cgroupfs driver nothing does. */
function runtimeAbove(segments: readonly string[]): ContainerRuntime | undefined {
	const parent = segments.at(-2) ?? '';
	return parent === 'docker' ? 'docker' : parent.startsWith('libpod') ? 'podman' : undefined;
}

function named(segments: readonly string[], last: string): CgroupIdentity {
	const lxc = LXC.exec(last)?.[1] ?? (segments.at(-2) === 'lxc' ? last : undefined);
	if (lxc !== undefined) {
		return {kind: 'container', runtime: 'lxc', id: lxc, podUid: undefined};
	}

	const machine = segments.includes('machine.slice') ? MACHINE.exec(last)?.[1] : undefined;
	if (machine !== undefined) {
		return {kind: 'container', runtime: 'machine', id: unescapeUnit(machine), podUid: undefined};
	}

	// Services of a user's session or inside a container are not the machine's.
	const service = segments[0] === 'system.slice' ? SERVICE.exec(last)?.[1] : undefined;
	return service === undefined ? {kind: 'none'} : {kind: 'service', name: unescapeUnit(service)};
}

/** systemd writes a dash in a name as `\x2d`. */
function unescapeUnit(name: string): string {
	return name.replace(/\\x([0-9a-f]{2})/g, (_all, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}
