import {parseAllDocuments} from 'yaml';

/** Who asks for what, as Kubernetes' authorizer gets it (k8s.io/apiserver/pkg/authorization/authorizer). */
export type Attributes = {
	readonly user: string;
	readonly groups: readonly string[];
	readonly verb: string;
} & (
	| {
			readonly group: string;
			/** `pods`, `nodes/stats`. */
			readonly resource: string;
			readonly name: string | undefined;
			readonly namespace: string | undefined;
	  }
	| {readonly path: string}
);

type Rule = {
	readonly verbs: readonly string[];
	readonly apiGroups?: readonly string[];
	readonly resources?: readonly string[];
	readonly resourceNames?: readonly string[];
	readonly nonResourceURLs?: readonly string[];
};

type Subject = {readonly kind: string; readonly name: string; readonly namespace?: string};

type RbacObject = {
	readonly kind: string;
	readonly metadata: {readonly name: string; readonly namespace?: string};
	readonly rules?: readonly Rule[];
	readonly roleRef?: {readonly kind: string; readonly name: string};
	readonly subjects?: readonly Subject[];
};

/** What every cluster grants to all users (plugin/pkg/auth/authorizer/rbac/bootstrappolicy). */
const BOOTSTRAP = `
kind: ClusterRole
metadata: {name: "system:public-info-viewer"}
rules: [{nonResourceURLs: [/healthz, /livez, /readyz, /version, /version/], verbs: [get]}]
---
kind: ClusterRole
metadata: {name: "system:discovery"}
rules: [{nonResourceURLs: [/api, /api/*, /apis, /apis/*, /openapi, /openapi/*], verbs: [get]}]
---
kind: ClusterRoleBinding
metadata: {name: "system:public-info-viewer"}
roleRef: {kind: ClusterRole, name: "system:public-info-viewer"}
subjects: [{kind: Group, name: "system:authenticated"}, {kind: Group, name: "system:unauthenticated"}]
---
kind: ClusterRoleBinding
metadata: {name: "system:discovery"}
roleRef: {kind: ClusterRole, name: "system:discovery"}
subjects: [{kind: Group, name: "system:authenticated"}]
`;

/** Roles and bindings, and what they allow: as pkg/registry/rbac/validation and plugin/pkg/auth/authorizer/rbac do it. */
export class RbacEvaluator {
	readonly #objects = new Map<string, RbacObject>();

	constructor() {
		this.apply(BOOTSTRAP);
	}

	/** Replaces objects of the same kind, namespace and name, as `kubectl apply` does. */
	apply(yaml: string): void {
		for (const document of parseAllDocuments(yaml)) {
			const object: RbacObject = document.toJS();
			const {kind, metadata} = object;
			this.#objects.set(keyOf(kind, metadata.namespace, metadata.name), object);
		}
	}

	/** Takes a verb on a resource away from all roles that are there now. */
	revoke(verb: string, resource: string): void {
		for (const [key, object] of this.#objects) {
			const {rules = []} = object;
			this.#objects.set(key, {
				...object,
				rules: rules.flatMap(rule =>
					rule.resources?.includes(resource) === true
						? [
								{...rule, resources: rule.resources.filter(one => one !== resource)},
								{...rule, resources: [resource], verbs: rule.verbs.filter(one => one !== verb)},
							]
						: [rule],
				),
			});
		}
	}

	allows(attributes: Attributes): boolean {
		return [...this.#objects.values()].some(binding => {
			if (!binding.subjects?.some(subject => isMeant(subject, attributes))) {
				return false;
			}

			const {namespace} = binding.metadata;
			// A RoleBinding grants in its namespace alone, whatever kind of role it names.
			const isInScope =
				binding.kind === 'ClusterRoleBinding' ||
				('resource' in attributes && namespace !== undefined && attributes.namespace === namespace);
			return isInScope && this.#rulesOf(binding).some(rule => ruleAllows(rule, attributes));
		});
	}

	#rulesOf({roleRef, metadata}: RbacObject): readonly Rule[] {
		const namespace = roleRef?.kind === 'Role' ? metadata.namespace : undefined;
		return this.#objects.get(keyOf(roleRef?.kind, namespace, roleRef?.name))?.rules ?? [];
	}
}

const keyOf = (...parts: ReadonlyArray<string | undefined>): string => JSON.stringify(parts);

function isMeant({kind, name, namespace}: Subject, {user, groups}: Attributes): boolean {
	switch (kind) {
		case 'User':
			return name === user;
		case 'Group':
			return groups.includes(name);
		default:
			return user === `system:serviceaccount:${namespace}:${name}`;
	}
}

function ruleAllows(rule: Rule, attributes: Attributes): boolean {
	if (!hasOrAll(rule.verbs, attributes.verb)) {
		return false;
	}

	if (!('resource' in attributes)) {
		return (rule.nonResourceURLs ?? []).some(
			url =>
				url === '*' ||
				url === attributes.path ||
				(url.endsWith('*') && attributes.path.startsWith(url.slice(0, -1))),
		);
	}

	const [, subresource] = attributes.resource.split('/');
	const {resources = [], resourceNames = []} = rule;
	return (
		hasOrAll(rule.apiGroups ?? [], attributes.group) &&
		(hasOrAll(resources, attributes.resource) ||
			(subresource !== undefined && resources.includes(`*/${subresource}`))) &&
		// A list has no name, so that a rule with names does not allow it.
		(resourceNames.length === 0 || resourceNames.includes(attributes.name ?? ''))
	);
}

const hasOrAll = (list: readonly string[], one: string): boolean => list.includes('*') || list.includes(one);
