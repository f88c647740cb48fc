import type {ClusterModel, DemoOptions} from '../demo/model/cluster.ts';
import type {Reading} from '../metrics/model/reading.ts';
import type {Target} from '../scrape/target.ts';

/** Adds the processes of simulated nodes to what their kubelets say, as cAdvisor beside them would list them. */
export function withProcesses(options: DemoOptions): (target: Target) => Target {
	let known: ClusterModel | undefined;
	const listed = async (name: string, reading: Reading, hasArguments: boolean): Promise<Reading> => {
		const {bornAt, createCluster} = await import('../demo/model/cluster.ts');
		const {cgroupOf, processesOf} = await import('../demo/model/processes.ts');
		known ??= createCluster(options, bornAt(reading.receivedAtMs));
		const node = known.node(name);
		return {
			...reading,
			containers: reading.containers.map(one =>
				one.pod?.uid === undefined ? one : {...one, cgroup: cgroupOf(one.pod.uid, one.name)},
			),
			processes: node === undefined ? [] : processesOf(node, reading.receivedAtMs, hasArguments),
		};
	};
	return target => ({
		...target,
		listsProcesses: true,
		async scrape(context) {
			const scrape = await target.scrape(context);
			const asked = context.processes?.();
			return asked === undefined
				? scrape
				: {
						...scrape,
						readings: await Promise.all(
							scrape.readings.map(reading => listed(target.name, reading, asked === 'arguments')),
						),
					};
		},
	});
}
