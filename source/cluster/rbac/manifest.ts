import {CONTROLLER_RESOURCES} from '../inventory/listed-resource.ts';
import {bindingName} from './binding-name.ts';
import type {RbacSubject} from './subject.ts';

/** An RBAC rule for one API group; the empty group is the core group. */
export type Rule = {
	readonly group: string;
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
};

/**
 * The rights that ktop needs: the inventory and direct access to kubelets. Excludes `nodes/proxy`, which allows running
 * commands in every container (https://grahamhelton.com/blog/nodes-proxy-rce).
 */
export const LEAST_RIGHTS: readonly Rule[] = [
	{group: '', resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch']},
	{group: '', resources: ['nodes/stats', 'nodes/metrics'], verbs: ['get']},
];

/** A ClusterRole. The same name must always have the same rules. */
export type Role = {readonly name: string; readonly rules: readonly Rule[]};

/** The ClusterRole with all rights of ktop. */
export const KTOP_ROLE: Role = {name: 'ktop', rules: LEAST_RIGHTS};

/** The optional ClusterRole with the right to the events that the facts of an object show. */
export const EVENTS_ROLE: Role = {
	name: 'ktop:events',
	rules: [{group: '', resources: ['events'], verbs: ['list']}],
};

/** The optional ClusterRole with the right to what tells how many pods a workload wants. */
export const WORKLOADS_ROLE: Role = {
	name: 'ktop:workloads',
	rules: [{group: 'apps', resources: CONTROLLER_RESOURCES, verbs: ['list', 'watch']}],
};

/** A ClusterRole and a binding for each subject, as YAML documents. */
export function roleManifest(role: Role, subjects: readonly RbacSubject[]): string {
	return documents(grants(role, subjects));
}

function grants(role: Role, subjects: readonly RbacSubject[]): ReadonlyArray<readonly string[]> {
	return [clusterRole(role), ...subjects.map(subject => binding(role.name, subject))];
}

/** A service account with ClusterRoles and bindings, to run ktop in the cluster. */
export function serviceAccountManifest(name: string, namespace: string, roles: readonly Role[]): string {
	return documents([
		['apiVersion: v1', 'kind: ServiceAccount', 'metadata:', `  name: ${name}`, `  namespace: ${namespace}`],
		...roles.flatMap(role => grants(role, [{kind: 'ServiceAccount', name, namespace}])),
	]);
}

/** Joins YAML documents. */
export function documents(all: ReadonlyArray<readonly string[]>): string {
	return `${all.map(lines => lines.join('\n')).join('\n---\n')}\n`;
}

function clusterRole({name, rules}: Role): readonly string[] {
	return [
		'apiVersion: rbac.authorization.k8s.io/v1',
		'kind: ClusterRole',
		'metadata:',
		`  name: ${quoted(name)}`,
		'rules:',
		...rules.flatMap(({group, resources, verbs}) => [
			`  - apiGroups: [${quoted(group)}]`,
			`    resources: [${resources.map(quoted).join(', ')}]`,
			`    verbs: [${verbs.map(quoted).join(', ')}]`,
		]),
	];
}

function binding(role: string, subject: RbacSubject): readonly string[] {
	return [
		'apiVersion: rbac.authorization.k8s.io/v1',
		'kind: ClusterRoleBinding',
		'metadata:',
		`  name: ${quoted(bindingName(role, subject))}`,
		'roleRef:',
		'  apiGroup: rbac.authorization.k8s.io',
		'  kind: ClusterRole',
		`  name: ${quoted(role)}`,
		'subjects:',
		`  - kind: ${subject.kind}`,
		`    name: ${quoted(subject.name)}`,
		subject.kind === 'ServiceAccount'
			? `    namespace: ${subject.namespace}`
			: '    apiGroup: rbac.authorization.k8s.io',
	];
}

/** A quoted YAML string; JSON strings are valid YAML. */
export function quoted(text: string): string {
	return JSON.stringify(text);
}
