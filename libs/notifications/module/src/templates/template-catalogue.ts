import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Councils, extensionsOf } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_TEMPLATE, problemsOf, type MessageTemplate } from '@guildhall/notifications-contract';

/** The templates that a council's modules and packs have registered, checked when the app starts. */
@Injectable()
export class TemplateCatalogue implements OnApplicationBootstrap {
  readonly #byList = new WeakMap<readonly MessageTemplate[], ReadonlyMap<string, MessageTemplate>>();
  constructor(@Inject(Councils) private readonly councils: Councils) {}

  /** @throws Error that names every template whose words and placeholders do not fit each other */
  onApplicationBootstrap(): void {
    const problems = new Set<string>();
    const checked = new Set<MessageTemplate>();
    for (const { council, installations } of this.councils.all) {
      if (!installations.has('notifications')) continue;
      for (const template of extensionsOf({ council } as RequestContext, MESSAGE_TEMPLATE)) {
        // Councils share templates: each is checked once.
        if (checked.has(template)) continue;
        checked.add(template);
        for (const problem of problemsOf(template)) problems.add(`${template.id}: ${problem}`);
      }
    }
    if (problems.size) throw new Error(`Message templates that cannot be used:\n${[...problems].map((problem) => `  - ${problem}`).join('\n')}`);
  }

  has(ctx: RequestContext, id: string): boolean { return this.of(ctx).has(id); }

  /** @throws InvalidInput */
  find(ctx: RequestContext, id: string): MessageTemplate {
    const template = this.of(ctx).get(id);
    if (!template) throw new InvalidInput(`${ctx.council.slug} has no message template ${id}.`, [{ field: 'templateId', message: `There is no message template ${id}.` }]);
    return template;
  }

  private of(ctx: RequestContext): ReadonlyMap<string, MessageTemplate> {
    const list = extensionsOf(ctx, MESSAGE_TEMPLATE);
    let byId = this.#byList.get(list);
    if (!byId) this.#byList.set(list, (byId = new Map(list.map((template) => [template.id, template]))));
    return byId;
  }
}
