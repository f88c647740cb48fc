import {expect, test} from 'vitest';
import {RbacEvaluator} from './rbac-evaluator.ts';
import {apiAttributes, identityOf, kubeletAttributes} from './rbac-requests.ts';

const RULES = `
kind: ClusterRole
metadata: {name: reader}
rules:
  - {apiGroups: [""], resources: [nodes], verbs: [list], resourceNames: [node-a]}
  - {apiGroups: [""], resources: ["*/log", nodes/stats], verbs: [get]}
  - {apiGroups: [metrics.k8s.io], resources: ["*"], verbs: ["*"]}
  - {nonResourceURLs: [/metrics, /debug/*], verbs: [get]}
---
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {kind: ClusterRole, name: reader}
subjects: [{kind: User, name: jane}, {kind: ServiceAccount, name: ktop, namespace: ops}]
---
kind: Role
metadata: {name: pods, namespace: shop}
rules: [{apiGroups: [""], resources: [pods], verbs: [list, watch]}]
---
kind: RoleBinding
metadata: {name: pods, namespace: shop}
roleRef: {kind: Role, name: pods}
subjects: [{kind: Group, name: "system:authenticated"}]
---
kind: RoleBinding
metadata: {name: nodes, namespace: shop}
roleRef: {kind: ClusterRole, name: everything}
subjects: [{kind: User, name: bob}]
---
kind: ClusterRole
metadata: {name: everything}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
`;

/** As kubectl auth can-i answers with these objects in a cluster. */
test.each([
	['jane', '/api/v1/nodes', false],
	['jane', '/api/v1/nodes?fieldSelector=metadata.name=node-a', true],
	['jane', '/api/v1/nodes?fieldSelector=metadata.name=node-b', false],
	['jane', '/api/v1/nodes/node-a', false],
	['jane', '/api/v1/nodes?watch=1&fieldSelector=metadata.name=node-a', false],
	['jane', '/api/v1/namespaces/a/pods/b/log', true],
	['jane', '/api/v1/namespaces/a/pods/b', false],
	['jane', '/api/v1/nodes/node-a/proxy/stats/summary', false],
	['jane', '/apis/metrics.k8s.io/v1beta1/nodes', true],
	['jane', '/apis/apps/v1/deployments', false],
	['jane', '/metrics', true],
	['jane', '/debug/pprof', true],
	['jane', '/metrics/more', false],
	['system:serviceaccount:ops:ktop', '/metrics', true],
	['system:serviceaccount:dev:ktop', '/metrics', false],
	['anybody', '/version', true],
	['anybody', '/api/v1/namespaces/shop/pods?watch=true', true],
	['anybody', '/api/v1/namespaces/shop/pods/a', false],
	['anybody', '/api/v1/namespaces/ops/pods', false],
	['anybody', '/api/v1/pods', false],
	// A ClusterRole by a RoleBinding is one of the namespace.
	['bob', '/api/v1/namespaces/shop/secrets', true],
	['bob', '/api/v1/namespaces/shop', true],
	['bob', '/api/v1/nodes', false],
])('%s may GET %s: %s', (user, url, isAllowed) => {
	const rbac = new RbacEvaluator();
	rbac.apply(RULES);
	expect(rbac.allows(apiAttributes(identityOf(user), {method: 'GET', url}))).toBe(isAllowed);
});

test.each([
	['/stats/summary', true],
	['/metrics/resource', false],
	['/pods', false],
])('a kubelet lets jane GET %s: %s', (path, isAllowed) => {
	const rbac = new RbacEvaluator();
	rbac.apply(RULES);
	expect(rbac.allows(kubeletAttributes(identityOf('jane'), 'node-a', path))).toBe(isAllowed);
});
