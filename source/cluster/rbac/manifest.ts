/** Whom rights are given to (rbac.authorization.k8s.io/v1 Subject). */
export type Subject =
	| {readonly kind: 'User' | 'Group'; readonly name: string}
	| {readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string};

/** Rights to resources of one API group; the empty group is Kubernetes' core. */
export type Rule = {
	readonly group: string;
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
};

/**
 * All that ktop ever needs: to see who is there, and to read kubelets directly. `nodes/proxy` is left out on purpose:
 * with it one can run commands in every container (https://grahamhelton.com/blog/nodes-proxy-rce).
 */
export const LEAST_RIGHTS: readonly Rule[] = [
	{group: '', resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch']},
	{group: '', resources: ['nodes/stats', 'nodes/metrics'], verbs: ['get']},
];

/** A ClusterRole of these rules and its binding, as YAML documents. `name` is that of both. */
export function roleManifest(name: string, rules: readonly Rule[], subjects: readonly Subject[]): string {
	return documents([clusterRole(name, rules), binding(name, subjects)]);
}

/** The same with the service account itself, for running ktop in the cluster. */
export function serviceAccountManifest(name: string, namespace: string, rules: readonly Rule[]): string {
	return documents([
		['apiVersion: v1', 'kind: ServiceAccount', 'metadata:', `  name: ${name}`, `  namespace: ${namespace}`],
		clusterRole(name, rules),
		binding(name, [{kind: 'ServiceAccount', name, namespace}]),
	]);
}

/** YAML documents, one after the other. */
export function documents(all: ReadonlyArray<readonly string[]>): string {
	return `${all.map(lines => lines.join('\n')).join('\n---\n')}\n`;
}

function clusterRole(name: string, rules: readonly Rule[]): readonly string[] {
	return [
		'apiVersion: rbac.authorization.k8s.io/v1',
		'kind: ClusterRole',
		'metadata:',
		`  name: ${name}`,
		'rules:',
		...rules.flatMap(({group, resources, verbs}) => [
			`  - apiGroups: [${quoted(group)}]`,
			`    resources: [${resources.map(quoted).join(', ')}]`,
			`    verbs: [${verbs.map(quoted).join(', ')}]`,
		]),
	];
}

function binding(name: string, subjects: readonly Subject[]): readonly string[] {
	return [
		'apiVersion: rbac.authorization.k8s.io/v1',
		'kind: ClusterRoleBinding',
		'metadata:',
		`  name: ${name}`,
		'roleRef:',
		'  apiGroup: rbac.authorization.k8s.io',
		'  kind: ClusterRole',
		`  name: ${name}`,
		'subjects:',
		...subjects.flatMap(subject => [
			`  - kind: ${subject.kind}`,
			`    name: ${quoted(subject.name)}`,
			subject.kind === 'ServiceAccount'
				? `    namespace: ${subject.namespace}`
				: '    apiGroup: rbac.authorization.k8s.io',
		]),
	];
}

/** JSON's strings are YAML's too, whatever is in them. */
export function quoted(text: string): string {
	return JSON.stringify(text);
}
