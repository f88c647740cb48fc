/** A cluster as recorders write it into a store, of the values that ktop reads. */
export type RecordedCluster = {
	readonly nodes: number;
	readonly podsANode: number;
	readonly containersAPod: number;
};

const USAGE = ['cpu/usage_rate', 'memory/working_set', 'memory/rss'] as const;
const NETWORK = ['network/rx_rate', 'network/tx_rate'] as const;
const CAPACITY = ['cpu/node_capacity', 'memory/node_capacity'] as const;

const LINES_A_BATCH = 10_000;
const BATCHES_AT_ONCE = 4;

/** As clouds name them: names are most of what is stored, sent and read. */
export function nodeName(node: number): string {
	return `ip-10-${node >> 16}-${(node >> 8) & 255}-${node & 255}.eu-central-1.compute.internal`;
}

/** Points of one round in line protocol, node by node. */
function* linesOf(
	{nodes, podsANode, containersAPod}: RecordedCluster,
	timeMs: number,
	withPods: boolean,
): Generator<string> {
	const line = (metric: string, tags: string, most: number): string => {
		const value = Math.floor(Math.random() * most);
		const isFloat = metric.endsWith('x_rate') || metric.includes('/node_');
		return `${metric},${tags} value=${isFloat ? value : `${value}i`} ${timeMs}`;
	};
	for (let node = 0; node < nodes; node++) {
		const onNode = `nodename=${nodeName(node)}`;
		for (const metric of [...USAGE, ...NETWORK]) {
			yield line(metric, `cluster_name=default,${onNode},type=node`, 16_000);
		}

		for (const metric of CAPACITY) {
			yield line(metric, `cluster_name=default,${onNode},type=node`, 1).replace(/=0 /, '=16000 ');
		}

		for (let pod = 0; withPods && pod < podsANode; pod++) {
			const hash = (node * 7919).toString(36).padStart(10, '0');
			const labels = String.raw`labels=app:deployment-${pod}\,pod-template-hash:${hash}`;
			const named = `namespace_name=namespace-${(node * podsANode + pod) % 400},${onNode},pod_name=deployment-${pod}-${hash}-${pod}`;
			for (const metric of [...USAGE, ...NETWORK]) {
				yield line(metric, `cluster_name=default,${labels},${named},type=pod`, 500);
			}

			for (let container = 0; container < containersAPod; container++) {
				const tags = `cluster_name=default,container_name=container-${container},${labels},${named},type=pod_container`;
				for (const metric of USAGE) {
					yield line(metric, tags, 250);
				}
			}
		}
	}
}

export type Written = {readonly points: number; readonly bytes: number};

/** Writes a round of all nodes, with their pods or without. Resolves when the store has taken it. */
export async function writeRound(
	url: string,
	cluster: RecordedCluster,
	timeMs: number,
	{withPods}: {readonly withPods: boolean},
): Promise<Written> {
	const flying = new Set<Promise<void>>();
	let points = 0;
	let bytes = 0;
	const send = async (batch: readonly string[]): Promise<void> => {
		const body = batch.join('\n');
		points += batch.length;
		bytes += body.length;
		const answer = await fetch(`${url}/write?db=k8s&rp=default&precision=ms`, {method: 'POST', body});
		if (!answer.ok) {
			throw new Error(`${answer.status} ${await answer.text()}`);
		}
	};
	let batch: string[] = [];
	const flush = async (): Promise<void> => {
		while (flying.size >= BATCHES_AT_ONCE) {
			await Promise.race(flying);
		}

		const sent: Promise<void> = send(batch).finally(() => flying.delete(sent));
		flying.add(sent);
		batch = [];
	};
	for (const line of linesOf(cluster, timeMs, withPods)) {
		batch.push(line);
		if (batch.length >= LINES_A_BATCH) {
			await flush();
		}
	}

	await flush();
	await Promise.all(flying);
	return {points, bytes};
}
