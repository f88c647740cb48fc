import {
	type RecordedAnswer,
	type RecordedOptions,
	type RecordedServer,
	recording,
	startRecordedServer,
} from '../recorded-server.ts';

export type {RecordedOptions} from '../recorded-server.ts';

export const ALL_ROUTES: Readonly<Record<string, RecordedAnswer>> = {
	'/stats/summary': ['summary-1.json', 'summary-2.json', 'summary-3.json'],
	'/stats/summary?only_cpu_and_memory=true': 'summary-cpumem-1.json',
	'/metrics/resource': ['metrics-resource-1.prom', 'metrics-resource-2.prom', 'metrics-resource-3.prom'],
};

/** A server that answers as a kubelet did, from the recordings in test/fixtures/kubelet. */
export function startRecordedKubelet(options: RecordedOptions = {}): Promise<RecordedServer> {
	return startRecordedServer(
		'kubelet',
		{notFound: 'stats-404.txt', unauthorized: '401-bad-token.txt'},
		{answers: ALL_ROUTES, ...options},
	);
}

export function recorded(name: string): string {
	return recording('kubelet', name);
}
