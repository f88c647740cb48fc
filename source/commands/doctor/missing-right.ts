import {roleManifest} from '../../cluster/rbac/manifest.ts';
import {subjectOfUser} from '../../cluster/rbac/subject-of-user.ts';
import type {Failure} from '../../metrics/failure.ts';

/** `User "jane" cannot list resource "nodes" …`, as the API server says it. */
const USER = /User "([^"]+)"/;

/** `kubelet https://… forbids jane to get nodes/stats`. */
const KUBELET_REFUSAL = /forbids (\S+) to get (nodes\/\w+)/;

const ANONYMOUS = 'system:anonymous';

/** What stands for a user that the refusal does not name. */
const SOMEBODY = 'YOUR-USER';

/** The manifest that gives just the missing right, to apply by somebody who may. */
export function grant(failure: Failure, resource: string, verbs: readonly string[]): readonly string[] {
	const user = USER.exec(failure.message)?.[1] ?? SOMEBODY;
	// Nobody wants rights for everybody: what is missing is a login.
	return user === ANONYMOUS ? [failure.hint] : manifest(user, resource, verbs);
}

/** The same for what a kubelet refused; its hint where no right is what is missing. */
export function grantForKubelet(failure: Failure): readonly string[] {
	const [, user, resource] = KUBELET_REFUSAL.exec(failure.message) ?? [];
	return user === undefined || resource === undefined || user === ANONYMOUS
		? [failure.hint]
		: manifest(user === 'this' ? SOMEBODY : user, resource, ['get']);
}

function manifest(user: string, resource: string, verbs: readonly string[]): readonly string[] {
	const name = `ktop-${resource.replace('/', '-')}`;
	const yaml = roleManifest(name, [{group: '', resources: [resource], verbs}], [subjectOfUser(user)]);
	return ['let an administrator apply this (kubectl apply -f -):', ...yaml.trimEnd().split('\n')];
}
