import type {ProcessReading} from '../../metrics/model/reading.ts';
import {amountInLife, type ContainerModel, lifeAt, memoryAt} from './container.ts';
import {type NodeModel, nodeAgeS} from './node.ts';
import type {PodModel} from './pod.ts';
import {randomOf, wholeBetween} from './random.ts';
import {waveAmount} from './wave.ts';

/** Processes of a node that are in no pod. */
export const SYSTEM_PROCESSES = 190;

const MEBIBYTE = 2 ** 20;
const INIT_PID = 1;
const THREADS_PID = 2;
const FIRST_DAEMON_PID = 400;
/** Numbers of a pod's processes are below that of the next pod's first, whatever has been started anew. */
const FIRST_POD_PID = 2000;
const PIDS_OF_POD = 800;
const PIDS_OF_CONTAINER = 240;
/** A container that was started anew has other numbers than before. */
const PIDS_OF_LIFE = 30;
/** What the first process of a container uses; the others share the rest. */
const FIRST_SHARE = 0.7;
/** The kernel's limit on the name of a process. */
const MAX_NAME = 15;

const DAEMONS = [
	['systemd-journal', '/usr/lib/systemd/systemd-journald', 24],
	['systemd-udevd', '/usr/lib/systemd/systemd-udevd', 9],
	['chronyd', '/usr/sbin/chronyd -F 2', 4],
	['sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', 8],
	['dbus-daemon', '/usr/bin/dbus-daemon --system', 5],
] as const;

/** The cgroup of a container as its processes have it. */
export function cgroupOf(podUid: string, container: string): string {
	return `/kubepods/pod${podUid}/${container}`;
}

/** All processes of a node at `timeMs`, as many as its kubelet counts. `hasArguments` adds what they were started with. */
export function processesOf(
	node: NodeModel,
	timeMs: number,
	hasArguments: boolean,
): readonly ProcessReading[] {
	const processes = [
		...systemProcesses(node, timeMs),
		...node.pods.flatMap((pod, place) => podProcesses(pod, FIRST_POD_PID + place * PIDS_OF_POD, timeMs)),
	];
	return hasArguments ? processes : processes.map(process => ({...process, commandLine: undefined}));
}

const IDLE = {parentPid: INIT_PID, user: 'root', state: 'S', cgroup: undefined} as const;

function systemProcesses(node: NodeModel, timeMs: number): readonly ProcessReading[] {
	const {startMs: startTimeMs, system} = node;
	const ageS = nodeAgeS(node, timeMs);
	const init = process('systemd', '/sbin/init', INIT_PID, 12, 0.0004);
	const threads = process('kthreadd', '[kthreadd]', THREADS_PID, 0, 0);
	const daemons = DAEMONS.map(([name, line, mebibytes], index) =>
		process(name, line, FIRST_DAEMON_PID + index, mebibytes, 0.0006),
	);
	const kubernetes = system.map(({name, cpu, workingSetBytes}, index) => ({
		...(name === 'runtime'
			? process('containerd', '/usr/bin/containerd', FIRST_DAEMON_PID + 100 + index, 0, 0)
			: process(
					'kubelet',
					'/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml',
					FIRST_DAEMON_PID + 100,
					0,
					0,
				)),
		...cpuOf(waveAmount(cpu, ageS), ageS),
		rssBytes: Math.floor(workingSetBytes * 0.7),
	}));
	const known = [{...init, parentPid: 0}, {...threads, parentPid: 0}, ...daemons, ...kubernetes];
	const workers = Array.from({length: SYSTEM_PROCESSES - known.length}, (_, index) => {
		const name = `kworker/${index % node.cores}:${Math.floor(index / node.cores)}`;
		return {
			...process(name, `[${name}]`, THREADS_PID + 1 + index, 0, 0.00002),
			parentPid: THREADS_PID,
			state: 'I',
		};
	});
	return [...known, ...workers];

	function process(
		name: string,
		commandLine: string,
		pid: number,
		mebibytes: number,
		cores: number,
	): ProcessReading {
		return {
			...IDLE,
			pid,
			name,
			commandLine,
			startTimeMs,
			...cpuOf(ageS * cores, ageS),
			rssBytes: mebibytes * MEBIBYTE,
		};
	}
}

/** The pause container, and those of each container that runs. */
function podProcesses(pod: PodModel, firstPid: number, timeMs: number): readonly ProcessReading[] {
	const pause: ProcessReading = {
		...IDLE,
		pid: firstPid,
		user: '65535',
		name: 'pause',
		commandLine: '/pause',
		startTimeMs: pod.startMs,
		...cpuOf(0.02, (timeMs - pod.startMs) / 1000),
		rssBytes: MEBIBYTE / 2,
	};
	return [
		pause,
		...pod.containers.flatMap((container, place) =>
			containerProcesses(pod, container, firstPid + 1 + place * PIDS_OF_CONTAINER, timeMs),
		),
	];
}

function containerProcesses(
	pod: PodModel,
	container: ContainerModel,
	base: number,
	timeMs: number,
): readonly ProcessReading[] {
	const {index: lives, startMs, ageS} = lifeAt(container, timeMs);
	const memory = memoryAt(container, timeMs);
	if (memory === undefined) {
		return [];
	}

	const {name, processes} = container;
	const firstPid = base + ((lives * PIDS_OF_LIFE) % PIDS_OF_CONTAINER);
	const cpuSeconds = amountInLife(container, container.cpu, timeMs);
	const user = name === 'postgres' ? 'postgres' : String(wholeBetween(randomOf(name, 'user'), 1000, 2000));
	return Array.from({length: processes}, (_, place): ProcessReading => {
		const isFirst = place === 0;
		const share = processes === 1 ? 1 : isFirst ? FIRST_SHARE : (1 - FIRST_SHARE) / (processes - 1);
		return {
			pid: firstPid + place,
			parentPid: isFirst ? INIT_PID : firstPid,
			user,
			name: name.slice(0, MAX_NAME),
			commandLine: isFirst ? `/usr/bin/${name} --config /etc/${name}.yaml` : `${name}: worker ${place}`,
			state: 'S',
			startTimeMs: startMs,
			...cpuOf(cpuSeconds * share, ageS),
			rssBytes: Math.floor(memory.rssBytes * share),
			cgroup: cgroupOf(pod.uid, name),
		};
	});
}

/** The counter, and the mean since the start, which is shown until the counter is read twice. */
function cpuOf(seconds: number, ageS: number): Pick<ProcessReading, 'cpuNanoseconds' | 'meanCpuCores'> {
	return {cpuNanoseconds: Math.floor(seconds * 1e9), meanCpuCores: ageS > 0 ? seconds / ageS : undefined};
}
