// Not from the package's index: that one brings its test registry, which asks for a validator we do not ship.
import withTheme from '@rjsf/core/lib/withTheme.js';
import type { RJSFSchema } from '@rjsf/utils';
import { FieldTemplate } from './FieldTemplate.js';
import { InputTemplate } from './InputTemplate.js';
import { ObjectTemplate } from './ObjectTemplate.js';
import type { FormData } from './schema.js';
import { ChoiceWidget } from './widgets/ChoiceWidget.js';
import { FileWidget } from './widgets/FileWidget.js';
import { RadioWidget } from './widgets/RadioWidget.js';
import { SwitchWidget } from './widgets/SwitchWidget.js';
import { TextareaWidget } from './widgets/TextareaWidget.js';

/** The form library in our widgets: Mantine's, and nothing of the library's own markup where we have a word to say. */
export const ThemedForm = withTheme<FormData, RJSFSchema>({
  templates: { FieldTemplate, ObjectFieldTemplate: ObjectTemplate, BaseInputTemplate: InputTemplate },
  widgets: {
    CheckboxWidget: SwitchWidget,
    SelectWidget: ChoiceWidget,
    RadioWidget,
    TextareaWidget,
    FileWidget,
  },
});
