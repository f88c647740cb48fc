import type {ProcessReading, Reading} from '../model/reading.ts';
import type {ContainerRow, ProcessRow} from '../model/row.ts';
import {PartRates} from '../rates/part-rates.ts';
import {minimumWindowMs} from '../rates/usage-tracker.ts';

/** The processes of a node, with their containers and rates, as long as its readings list them. */
export class NodeProcesses {
	#rates = new PartRates(1);
	#rows: readonly ProcessRow[] = [];

	/** In no order; empty where the newest reading has none. */
	get rows(): readonly ProcessRow[] {
		return this.#rows;
	}

	observe(
		{processes, receivedAtMs, stampResolutionMs}: Reading,
		node: {readonly id: string; readonly name: string},
		containerOf: (cgroup: string) => ContainerRow | undefined,
	): void {
		if (processes === undefined) {
			if (this.#rows.length > 0) {
				this.#rates = new PartRates(1);
				this.#rows = [];
			}

			return;
		}

		const rates = this.#rates.observe(
			processes.map(process => ({name: nameOf(process), counters: [process.cpuNanoseconds]})),
			receivedAtMs,
			receivedAtMs,
			minimumWindowMs(stampResolutionMs),
		);
		this.#rows = processes.map((process, index) => {
			const {cpuNanoseconds, meanCpuCores, rssBytes, cgroup, ...known} = process;
			const nanosecondsPerSecond = rates[index]?.perSecond[0];
			return {
				kind: 'process',
				id: `${node.id}/process/${process.pid}`,
				nodeId: node.id,
				node: node.name,
				...known,
				cpuCores: nanosecondsPerSecond === undefined ? meanCpuCores : nanosecondsPerSecond / 1e9,
				memoryRssBytes: rssBytes,
				container: cgroup === undefined ? undefined : innermost(cgroup, containerOf),
				receivedAtMs,
			};
		});
	}
}

/** A number is given to another process once its own has ended. */
function nameOf({pid, startTimeMs}: ProcessReading): string {
	return `${pid} ${startTimeMs}`;
}

/** The container whose cgroup is this one, or the nearest around it. */
function innermost(
	cgroup: string,
	containerOf: (cgroup: string) => ContainerRow | undefined,
): ContainerRow | undefined {
	for (let path = cgroup; path.length > 1; path = path.slice(0, path.lastIndexOf('/'))) {
		const container = containerOf(path);
		if (container !== undefined) {
			return container;
		}
	}

	return undefined;
}
