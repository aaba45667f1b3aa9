<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration {
    public function up()
    {
        DB::statement('create index items_by_name on items (name)');
        DB::statement('update counter set n = n + 1');
    }

    public function down()
    {
        DB::statement('update counter set n = n - 1');
        DB::statement('drop index items_by_name');
    }
};
