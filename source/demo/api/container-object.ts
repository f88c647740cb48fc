import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import {type ContainerModel, lifeAt} from '../model/container.ts';
import {containerId, imageOf} from '../model/container-identity.ts';

const MEBIBYTE = 2 ** 20;

/** A container of `spec`. Without `hasRequests` it has only its limits, if any. */
export function containerSpec(container: ContainerModel, hasRequests: boolean): JsonFields {
	const {requests, limits} = amountsOf(container);
	const extended = container.gpus === 0 ? {} : {'nvidia.com/gpu': String(container.gpus)};
	const allLimits = {...limits, ...extended};
	return {
		name: container.name,
		image: imageOf(container.name),
		resources: {
			...(hasRequests ? {requests: {...requests, ...extended}} : {}),
			...(Object.keys(allLimits).length > 0 ? {limits: allLimits} : {}),
		},
	};
}

/** True if requests equal limits for CPU and memory, as required for QoS class Guaranteed. */
export function isGuaranteed(container: ContainerModel): boolean {
	const {requests, limits} = amountsOf(container);
	return requests.cpu === limits.cpu && requests.memory === limits.memory;
}

export function isLimited({cpuLimitCores, memoryLimitBytes}: ContainerModel): boolean {
	return cpuLimitCores !== undefined || memoryLimitBytes !== undefined;
}

type Amounts = {readonly cpu?: string; readonly memory?: string};

/** Requests are the limits if both are limited, otherwise a little above the usual usage. */
function amountsOf(container: ContainerModel): {readonly requests: Amounts; readonly limits: Amounts} {
	const {cpuLimitCores, memoryLimitBytes, cpu, workingSetBytes} = container;
	const limits: Amounts = {
		...(cpuLimitCores === undefined ? {} : {cpu: `${Math.round(cpuLimitCores * 1000)}m`}),
		...(memoryLimitBytes === undefined ? {} : {memory: `${memoryLimitBytes / 1024}Ki`}),
	};
	const usual: Amounts = {
		cpu: `${Math.max(Math.ceil((cpu.mean * 1.2 * 1000) / 5) * 5, 5)}m`,
		memory: `${Math.ceil((workingSetBytes * 1.1) / MEBIBYTE)}Mi`,
	};
	const isFull = cpuLimitCores !== undefined && memoryLimitBytes !== undefined;
	return {requests: isFull ? limits : {...usual, ...(limits.cpu ? {cpu: limits.cpu} : {})}, limits};
}

/** A container of `status`. One that leaks is OOM-killed again and again, with CrashLoopBackOff in between. */
export function containerStatus(podUid: string, container: ContainerModel, timeMs: number): JsonFields {
	const {name, lifeMs} = container;
	const {index, startMs, isRunning} = lifeAt(container, timeMs);
	const killed = (lifeStartMs: number, life: number): JsonFields => ({
		terminated: {
			exitCode: 137,
			reason: 'OOMKilled',
			startedAt: stamp(lifeStartMs),
			finishedAt: stamp(lifeStartMs + (lifeMs ?? 0)),
			containerID: containerId(podUid, name, life),
		},
	});
	const before = lifeAt(container, startMs - 1);
	return {
		name,
		state: isRunning
			? {running: {startedAt: stamp(startMs)}}
			: {waiting: {reason: 'CrashLoopBackOff', message: `back-off 10s restarting failed container=${name}`}},
		lastState: !isRunning ? killed(startMs, index) : index > 0 ? killed(before.startMs, index - 1) : {},
		ready: isRunning,
		restartCount: index,
		image: imageOf(name),
		containerID: containerId(podUid, name, index),
		started: isRunning,
	};
}

/** The time of its last start or kill. */
export function containerChangedMs(container: ContainerModel, timeMs: number): number {
	const {startMs, isRunning} = lifeAt(container, timeMs);
	return isRunning ? startMs : startMs + (container.lifeMs ?? 0);
}
