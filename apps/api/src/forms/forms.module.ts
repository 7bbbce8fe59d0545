import { Global, Module } from '@nestjs/common';
import { Forms } from './forms.js';

@Global()
@Module({ providers: [Forms], exports: [Forms] })
export class FormsModule {}
