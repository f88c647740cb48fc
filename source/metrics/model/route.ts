/** Endpoints of a kubelet, best first: `cpu+mem` is the summary without network, disks and pressure. */
export type KubeletEndpoint = 'summary' | 'cpu+mem' | 'resource';

/** How a kubelet was reached: at its port, at the read-only one, or through the API server. */
export type KubeletVia = 'direct' | 'read-only' | 'proxy';

/** What the samples of a node were read from. */
export type Route =
	| {readonly kind: 'kubelet'; readonly via: KubeletVia; readonly endpoint: KubeletEndpoint}
	| {readonly kind: 'metrics-api'}
	| {readonly kind: 'cadvisor'; readonly version: string}
	| {readonly kind: 'local'}
	/** From a recording by another version of ktop. */
	| {readonly kind: 'unknown'; readonly text: string};

const ENDPOINT_TEXTS: Readonly<Record<KubeletEndpoint, string>> = {
	summary: 'summary',
	'cpu+mem': 'summary cpu+mem',
	resource: 'resource',
};

/** As JSON, recordings and the screen have it: `summary`, `proxy resource`, `cadvisor v2.1`, `metrics.k8s.io`, `local`. */
export function routeText(route: Route): string {
	switch (route.kind) {
		case 'kubelet':
			return `${route.via === 'direct' ? '' : `${route.via} `}${ENDPOINT_TEXTS[route.endpoint]}`;
		case 'metrics-api':
			return 'metrics.k8s.io';
		case 'cadvisor':
			return `cadvisor ${route.version}`;
		case 'local':
			return 'local';
		case 'unknown':
			return route.text;
	}
}

/** The route of a recording, which has it as text. */
export function parseRoute(text: string): Route {
	const [, via = 'direct', rest] = /^(?:(read-only|proxy) )?(.*)$/s.exec(text) ?? [];
	const endpoint = Object.keys(ENDPOINT_TEXTS)
		.filter(isEndpoint)
		.find(each => ENDPOINT_TEXTS[each] === rest);
	if (endpoint !== undefined && isVia(via)) {
		return {kind: 'kubelet', via, endpoint};
	}

	const [, version] = /^cadvisor (v\S+)$/.exec(text) ?? [];
	if (version !== undefined) {
		return {kind: 'cadvisor', version};
	}

	return text === 'metrics.k8s.io'
		? {kind: 'metrics-api'}
		: text === 'local'
			? {kind: 'local'}
			: {kind: 'unknown', text};
}

function isEndpoint(text: string): text is KubeletEndpoint {
	return Object.hasOwn(ENDPOINT_TEXTS, text);
}

function isVia(text: string): text is KubeletVia {
	return text === 'direct' || text === 'read-only' || text === 'proxy';
}

/** Whether the route reports CPU and memory only. */
export function isOfCpuAndMemoryAlone(route: Route): boolean {
	return route.kind === 'metrics-api' || (route.kind === 'kubelet' && route.endpoint !== 'summary');
}

/** Whether the route reads limits from the control group, so that no limit there means no limit. */
export function reportsLimits({kind}: Route): boolean {
	return kind === 'cadvisor' || kind === 'local';
}
