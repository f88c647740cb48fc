import {homedir} from 'node:os';
import {loadKubeconfig} from '../cluster/connection/kubeconfig/load.ts';
import {namesOf} from '../cluster/inventory/names.ts';
import {connectCluster} from '../connect/open-cluster.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import type {SourceOptions} from '../options/options.ts';
import type {NameKind} from './completion.ts';

/** The names of the kubeconfig, or of the cluster that the options mean. Throws where they cannot be read. */
export async function clusterNames(
	kind: NameKind,
	options: SourceOptions,
	timeoutMs: number,
): Promise<readonly string[]> {
	if (kind === 'namespaces' || kind === 'nodes') {
		return liveNames(kind, options, timeoutMs);
	}

	const config = await loadKubeconfig({
		explicit: options.cluster.kubeconfig,
		environment: process.env,
		homeDirectory: homedir(),
	});
	return [...config[kind].names()].sort();
}

async function liveNames(
	kind: 'namespaces' | 'nodes',
	options: SourceOptions,
	timeoutMs: number,
): Promise<readonly string[]> {
	const url = options.origin.sources.find(source => source.kind === 'kubernetes');
	// A login plugin must not ask on the command line that is being written.
	const surroundings = processSurroundings(() => true);
	const parts = await connectCluster(url?.url, options, surroundings);
	if (parts === undefined) {
		return [];
	}

	const {api} = parts.connection;
	const names = await namesOf(api, `/api/v1/${kind}`, 'name', timeoutMs);
	// The least rights of ktop are to list pods, and not namespaces.
	return (
		names ??
		(kind === 'namespaces' ? await namesOf(api, '/api/v1/pods', 'namespace', timeoutMs) : undefined) ??
		[]
	);
}
