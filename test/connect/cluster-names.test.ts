import {expect, test} from 'vitest';
import {clusterNames} from '../../source/connect/cluster-names.ts';

test.each([
	[
		['prod', 'staging'],
		['prod', 'staging'],
	],
	[
		['arn:aws:eks:eu-west-1:123456789012:cluster/prod', 'staging'],
		['prod', 'staging'],
	],
	[
		['gke_project-1_europe-west1-b_web', 'gke_project-1_europe-west1-b_db_2'],
		['web', 'db_2'],
	],
	[
		['gke_project-1_europe-west1-b_web', 'gke_project-2_europe-west1-b_web', 'db'],
		['gke_project-1_europe-west1-b_web', 'gke_project-2_europe-west1-b_web', 'db'],
	],
	[
		['arn:aws:eks:eu-west-1:123456789012:cluster/prod', 'prod'],
		['arn:aws:eks:eu-west-1:123456789012:cluster/prod', 'prod'],
	],
	[
		['kind-a', 'team/admin@prod'],
		['kind-a', 'team/admin@prod'],
	],
])('the clusters of %j are called %j', (contexts, names) => {
	expect([...clusterNames(contexts).values()]).toEqual(names);
});
