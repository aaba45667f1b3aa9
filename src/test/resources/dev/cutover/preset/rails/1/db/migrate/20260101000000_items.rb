class Items < ActiveRecord::Migration[6.1]
  def change
    create_table(:items) { |t| t.text :name, null: false }
    reversible do |way|
      way.up { execute "create table counter (n integer not null); insert into counter values (0)" }
      way.down { execute "drop table counter" }
    end
  end
end
