import type {Entries, Kubeconfig} from './kubeconfig.ts';

function firstWins<Entry>(all: ReadonlyArray<Entries<Entry>>): Entries<Entry> {
	return {
		names: () => [...new Set(all.flatMap(entries => entries.names()))],
		get: name => all.find(entries => entries.names().includes(name))?.get(name),
	};
}

/** Merges kubeconfigs: the first file with an entry, or with a current-context, takes precedence. */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
	return {
		files: configs.flatMap(config => config.files),
		currentContext: configs.find(config => config.currentContext !== undefined)?.currentContext,
		clusters: firstWins(configs.map(config => config.clusters)),
		users: firstWins(configs.map(config => config.users)),
		contexts: firstWins(configs.map(config => config.contexts)),
	};
}
