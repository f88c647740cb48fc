import {expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {parseFilter} from '../../../source/metrics/view/filter.ts';
import {FILTER_FORMS} from '../../../source/metrics/view/filter-forms.ts';

test.each(FILTER_FORMS)('the filter “%s” of the help is one', example => {
	expect(parseFilter(example, columnsOf('nodes')).kind).toBe('ok');
});
