import {homedir} from 'node:os';
import {loadKubeconfig} from '../cluster/connection/kubeconfig/load.ts';
import {namesOf} from '../cluster/inventory/names.ts';
import {connectCluster} from '../connect/open-cluster.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import type {SourceOptions} from '../options/options.ts';
import type {NameKind} from './completion.ts';

/** Names from the kubeconfig, or from the cluster given by the options. Throws if they cannot be read. */
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
	// A login plugin must not prompt on the command line that is being completed.
	const surroundings = processSurroundings(() => true);
	const parts = await connectCluster(url?.url, options, surroundings);
	if (parts === undefined) {
		return [];
	}

	const {api} = parts.connection;
	const names = await namesOf(api, `/api/v1/${kind}`, 'name', timeoutMs);
	// ktop's minimal rights allow listing pods but not namespaces.
	return (
		names ??
		(kind === 'namespaces' ? await namesOf(api, '/api/v1/pods', 'namespace', timeoutMs) : undefined) ??
		[]
	);
}
