import {expect, test} from 'vitest';
import {WHOLE} from '../../../source/metrics/rates/figure-layout.ts';
import {CONTAINER_NUMBERS} from '../../../source/metrics/rates/packed-container.ts';
import {POD_NUMBERS} from '../../../source/metrics/rates/packed-pod.ts';

test('a layout has a place for each figure of a pod and a container', () => {
	expect(WHOLE.count).toBeGreaterThanOrEqual(Math.max(POD_NUMBERS, CONTAINER_NUMBERS));
	expect(WHOLE.offsets).toEqual(Array.from({length: WHOLE.count}, (_, place) => place));
});
