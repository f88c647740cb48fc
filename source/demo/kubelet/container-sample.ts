import {type ContainerModel, type Life, lifeAt, type MemoryState, memoryAt} from '../model/container.ts';
import {sampleTimeMs} from './sampling.ts';

export type ContainerSample = {readonly timeMs: number; readonly life: Life; readonly memory: MemoryState};

/** The kubelet's last sample of a container; undefined unless it runs and was sampled since its start. */
export function containerSample(container: ContainerModel, nowMs: number): ContainerSample | undefined {
	const timeMs = sampleTimeMs(nowMs, container.sampleOffsetMs);
	const life = lifeAt(container, nowMs);
	const memory = memoryAt(container, timeMs);
	return life.isRunning && timeMs > life.startMs && memory !== undefined ? {timeMs, life, memory} : undefined;
}
