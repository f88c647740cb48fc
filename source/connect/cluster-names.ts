/**
 * Short names for contexts, as `CLUSTER` shows them: what cloud tools put around a name is left out
 * (`arn:aws:eks:REGION:ACCOUNT:cluster/NAME`, `gke_PROJECT_ZONE_NAME`), unless two would have the same name then.
 */
export function clusterNames(contexts: readonly string[]): ReadonlyMap<string, string> {
	const short = contexts.map(shortName);
	return new Map(
		contexts.map((context, index) => {
			const name = short[index] ?? context;
			return [context, short.filter(other => other === name).length === 1 ? name : context];
		}),
	);
}

function shortName(context: string): string {
	const [, name] = /^arn:[^/]*:cluster\/(.+)$/.exec(context) ?? /^gke_[^_]+_[^_]+_(.+)$/.exec(context) ?? [];
	return name ?? context;
}
