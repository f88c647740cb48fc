import type {Kubeconfig} from './kubeconfig.ts';

const firstWins = <Entry>(maps: readonly ReadonlyMap<string, Entry>[]): ReadonlyMap<string, Entry> =>
	new Map([...maps].reverse().flatMap(map => [...map]));

/** Several kubeconfigs as one: the first file that has an entry, or a current-context, decides. */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
	return {
		files: configs.flatMap(config => config.files),
		currentContext: configs.find(config => config.currentContext !== undefined)?.currentContext,
		clusters: firstWins(configs.map(config => config.clusters)),
		users: firstWins(configs.map(config => config.users)),
		contexts: firstWins(configs.map(config => config.contexts)),
	};
}
