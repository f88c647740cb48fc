/** What samples were read from. */
export type Endpoint = 'summary' | 'cpu+mem' | 'resource' | 'metrics.k8s.io' | 'cadvisor' | 'local';

export type Route = {
	readonly via: 'direct' | 'proxy' | 'read-only';
	/** Undefined for a route that this version of ktop does not know: recordings keep routes as text. */
	readonly endpoint: Endpoint | undefined;
};

const ENDPOINTS: readonly Endpoint[] = [
	'summary',
	'cpu+mem',
	'resource',
	'metrics.k8s.io',
	'cadvisor',
	'local',
];

/** Takes the text of a live state's route apart: `summary`, `proxy resource`, `read-only cpu+mem`, `cadvisor v2.1`. */
export function parseRoute(route: string): Route {
	const words = route.split(' ');
	const [first] = words;
	return {
		via: first === 'proxy' || first === 'read-only' ? first : 'direct',
		endpoint: ENDPOINTS.find(endpoint => words.includes(endpoint)),
	};
}
