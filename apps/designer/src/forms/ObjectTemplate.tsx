import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import type { FormData } from './schema.js';

/** Fields below each other; a group inside a form gets its title. */
export function ObjectTemplate({ properties, title, description, fieldPathId }: ObjectFieldTemplateProps<FormData>) {
  const isRoot = fieldPathId.path.length === 0;
  const fields = properties.filter(({ hidden }) => !hidden).map(({ content, name }) => <div key={name}>{content}</div>);
  if (isRoot) return <div className="form__fields">{fields}</div>;
  return (
    <fieldset className="form__group">
      {title && <legend>{title}</legend>}
      {description && <p className="soft">{description}</p>}
      <div className="form__fields">{fields}</div>
    </fieldset>
  );
}
