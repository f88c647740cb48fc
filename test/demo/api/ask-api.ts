import {answerApi} from '../../../source/demo/api/answer.ts';
import {type ClusterModel, createCluster, type Fault} from '../../../source/demo/model/cluster.ts';

export const BORN_MS = Date.UTC(2026, 0, 5);
export const NOW_MS = BORN_MS + 3_600_000;

export type ApiObject = {
	readonly kind?: string;
	readonly metadata: {
		readonly name: string;
		readonly namespace?: string;
		readonly uid: string;
		readonly resourceVersion: string;
	};
};

export type ApiBody = {
	readonly kind: string;
	readonly metadata: {
		readonly resourceVersion?: string;
		readonly continue?: string;
		readonly remainingItemCount?: number;
	};
	readonly items: readonly ApiObject[];
	readonly reason?: string;
	readonly message?: string;
};

export function demoCluster(nodes = 12, pods = 240): ClusterModel {
	return createCluster({nodes, pods, seed: 1}, BORN_MS);
}

/** What the API server answers with a whole body. */
export function askApi(
	cluster: ClusterModel,
	path: string,
	nowMs = NOW_MS,
): {readonly status: number; readonly body: ApiBody} {
	const answered = answerApi(cluster, 'GET', path, nowMs);
	if (answered === 'hang' || 'watch' in answered) {
		throw new Error(`${path} gave no whole body`);
	}

	return {status: answered.status, body: JSON.parse(answered.body)};
}

export function listAll(cluster: ClusterModel, path: string, nowMs = NOW_MS): readonly ApiObject[] {
	return askApi(cluster, path, nowMs).body.items;
}

export function nodeWith(cluster: ClusterModel, fault: Fault): string {
	return [...cluster.faults].find(([, one]) => one === fault)?.[0] ?? '';
}
